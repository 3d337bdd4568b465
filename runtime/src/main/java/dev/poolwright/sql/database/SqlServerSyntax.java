package dev.poolwright.sql.database;

import dev.poolwright.sql.Reading;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Words;

/** SQL Server, where nothing need stand between two statements. */
public final class SqlServerSyntax extends Syntax {

    public SqlServerSyntax() {
        super(BRACKETS | VARIABLES | HASH_IN_NAMES);
    }

    @Override
    protected Verdict.Work workOfDefinition() {
        return Verdict.Work.WRITES;
    }

    @Override
    protected Words harmless() {
        return Harmless.WORDS;
    }

    @Override
    protected boolean readFunction(String name, Reading reading) {
        if (name.equals("scope_identity")) {
            reading.noteMemory(Verdict.READS_KEYS);
            return true;
        }
        return false;
    }

    /** Reserved words that begin another statement wherever they stand; none of them can be a name. */
    @Override
    protected void readWord(String word, Reading reading) {
        switch (word) {
            case "@@identity":
                reading.noteMemory(Verdict.READS_KEYS);
                break;
            case "value": // FOR
                if (reading.previousWord().equals("next")) {
                    reading.noteMemory(Verdict.MAKES_KEYS);
                } else if (reading.previousWord().equals("previous")) {
                    reading.noteMemory(Verdict.READS_KEYS);
                }
                break;
            case "set":
                if (!reading.awaitsSet()) {
                    reading.note(Verdict.ANYTHING, Verdict.Reason.SETTING);
                }
                break;
            case "fetch": // NEXT 10 ROWS, or from a cursor
                break;
            default:
                if (Starters.WORDS.contains(word)) {
                    reading.note(Verdict.ANYTHING, reasonOf(word));
                }
                break;
        }
    }

    private static final class Starters {

        static final Words WORDS = Words.of(
                "alter backup begin break bulk checkpoint close continue create dbcc deallocate declare deny drop dump",
                "exec execute goto grant if kill load open print raiserror readtext reconfigure restore revert revoke save",
                "setuser shutdown tran transaction updatetext use waitfor while writetext");
    }

    private static final class Harmless {

        static final Words WORDS = StandardWords.ALL.and(
                // Keywords.
                "top option path pivot unpivot apply nolock index forceseek tablesample percent",
                // Types.
                "tinyint money smallmoney datetime2 datetimeoffset smalldatetime uniqueidentifier sql_variant xml",
                // Conditions and conversions: computed from their arguments.
                "choose convert iif isnull isnumeric isdate parse try_cast try_convert try_parse",
                // Numbers: computed from their arguments, or drawn by chance.
                "atn2 ceiling log10 rand square checksum binary_checksum newid newsequentialid bit_count",
                // Characters and bytes: computed from their arguments.
                "ascii charindex compress concat_ws datalength decompress difference format formatmessage hashbytes len nchar",
                "parsename patindex quotename replicate reverse soundex space str string_escape string_split stuff unicode",
                // Times: computed from their arguments, or read.
                "current_timezone dateadd datediff datediff_big datefromparts datename datepart datetime2fromparts",
                "datetimefromparts datetimeoffsetfromparts date_bucket datetrunc day eomonth getdate getutcdate month",
                "smalldatetimefromparts switchoffset sysdatetime sysdatetimeoffset sysutcdatetime timefromparts todatetimeoffset",
                "year",
                // JSON, rows: computed from their arguments.
                "isjson json_array json_modify json_object json_path_exists json_query json_value openjson",
                "generate_series contains freetext containstable freetexttable",
                // Aggregates.
                "approx_count_distinct checksum_agg count_big grouping_id stdev stdevp var varp",
                // The server, the database and the session: read only.
                "app_name col_length col_name columnproperty connectionproperty databasepropertyex db_id db_name",
                "file_name fn_helpcollations has_perms_by_name host_id host_name ident_current ident_incr ident_seed",
                "index_col is_member is_rolemember is_srvrolemember object_definition object_id object_name",
                "object_schema_name objectproperty original_login schema_id schema_name serverproperty session_context",
                "suser_id suser_name suser_sid suser_sname type_id type_name typeproperty user_id user_name xact_state",
                "error_line error_message error_number error_procedure error_severity error_state rowcount_big");
    }
}
