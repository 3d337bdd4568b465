package dev.poolwright.sql.database;

import dev.poolwright.sql.Reading;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Words;

/** Oracle, where a function without arguments needs no parentheses, so that it looks like a column. */
public final class OracleSyntax extends Syntax {

    public OracleSyntax() {
        super(HASH_IN_NAMES | RETURNING_INTO);
    }

    @Override
    protected Verdict.Work workOfDefinition() {
        return Verdict.Work.ENDS;
    }

    @Override
    protected Words harmless() {
        return Harmless.WORDS;
    }

    /** What is locked by {@code LOCK TABLE} is freed with the transaction. */
    @Override
    protected boolean isPlain(String verb) {
        return verb.equals("lock") || verb.equals("comment") || super.isPlain(verb);
    }

    @Override
    protected boolean knowsDefinitions() {
        return true;
    }

    @Override
    protected boolean isDefined(String object) {
        switch (object) {
            case "table":
            case "index":
            case "view":
            case "sequence":
                return true;
            default:
                return false;
        }
    }

    /** From DUAL there is nothing to read but functions: what is no word of the language is one of somebody's. */
    @Override
    protected void readWord(String word, Reading reading) {
        switch (word) {
            case ".nextval":
                reading.noteMemory(Verdict.MAKES_KEYS);
                break;
            case ".currval":
                reading.noteMemory(Verdict.READS_KEYS);
                break;
            case "function": // WITH FUNCTION .. is code in the middle of a query
            case "procedure":
                reading.note(Verdict.ANYTHING, Verdict.Reason.CALL);
                break;
            case "dual":
                if (reading.hasWordBefore(FromDual.WORDS)) {
                    reading.note(Verdict.ANYTHING, Verdict.Reason.FUNCTION);
                }
                break;
            default:
                break;
        }
    }

    private static final class FromDual {

        static final Words WORDS = Words.of(
                "select from dual where as and or not null is in case when then else end distinct all union level connect by",
                "rownum rowid sysdate systimestamp current_date current_timestamp localtimestamp sessiontimezone dbtimezone user",
                "uid nextval currval date timestamp interval day hour minute second month year to at time zone with for",
                "update insert into values merge using on delete order prior start exists between like minus intersect x y z");
    }

    private static final class Harmless {

        static final Words WORDS = StandardWords.ALL.and(
                // Keywords.
                "minus prior pivot unpivot model partition subpartition sample within keep table multiset",
                // Types.
                "varchar2 nvarchar2 number raw long binary_float binary_double nclob rowid",
                // Conditions and conversions: computed from their arguments.
                "bin_to_num chartorowid convert decode hextoraw lnnvl nanvl nvl nvl2 rawtohex rawtonhex rowidtochar",
                "to_binary_double to_binary_float to_char to_clob to_date to_dsinterval to_lob to_multi_byte to_nchar to_nclob",
                "to_number to_single_byte to_timestamp to_timestamp_tz to_yminterval treat validate_conversion",
                // Numbers: computed from their arguments.
                "bitand cosh remainder sinh tanh ora_hash standard_hash",
                // Characters: computed from their arguments.
                "asciistr chr compose decompose dump empty_blob empty_clob initcap instr instrb lengthb nchr nls_initcap",
                "nls_lower nls_upper nlssort regexp_count regexp_instr regexp_like regexp_replace regexp_substr soundex substrb",
                "unistr vsize",
                // Times: computed from their arguments, or read.
                "add_months from_tz last_day months_between new_time next_day numtodsinterval numtoyminterval",
                "sys_extract_utc tz_offset",
                // Collections, JSON and XML: computed from their arguments.
                "collect powermultiset json_array json_arrayagg json_exists json_mergepatch json_object json_objectagg",
                "json_query json_table json_value existsnode extractvalue xmlagg xmlcast xmlelement xmlattributes xmlconcat",
                "xmlexists xmlforest xmlparse xmlquery xmlserialize xmltable xmltype",
                // Aggregates and windows.
                "approx_count_distinct group_id grouping_id median ratio_to_report stats_mode wm_concat",
                "sys_connect_by_path connect_by_root",
                // Drawn by chance; the session: read only.
                "sys_guid sys_context userenv uid");
    }
}
