package dev.poolwright.sql.database;

import dev.poolwright.sql.Reading;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Words;

/** Derby and DB2, whose dialect it speaks. */
public final class DerbySyntax extends Syntax {

    public DerbySyntax() {
        super(HASH_IN_NAMES);
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
    protected String systemSchema() {
        return "sysibm";
    }

    /** What is locked by {@code LOCK TABLE} is freed with the transaction. */
    @Override
    protected boolean isPlain(String verb) {
        switch (verb) {
            case "lock":
            case "comment":
            case "rename":
                return true;
            default:
                return super.isPlain(verb);
        }
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
            case "schema":
            case "synonym":
            case "type":
                return true;
            default:
                return false;
        }
    }

    @Override
    protected boolean readFunction(String name, Reading reading) {
        if (name.equals("identity_val_local")) {
            reading.noteMemory(Verdict.READS_KEYS);
            return true;
        }
        return false;
    }

    @Override
    protected void readWord(String word, Reading reading) {
        switch (word) {
            case "value": // FOR
                if (reading.previousWord().equals("next")) {
                    reading.noteMemory(Verdict.MAKES_KEYS);
                } else if (reading.previousWord().equals("previous")) {
                    reading.noteMemory(Verdict.READS_KEYS);
                }
                break;
            case "nextval":
            case ".nextval":
                reading.noteMemory(Verdict.MAKES_KEYS);
                break;
            case "prevval":
            case ".currval":
                reading.noteMemory(Verdict.READS_KEYS);
                break;
            default:
                break;
        }
    }

    private static final class Harmless {

        static final Words WORDS = StandardWords.ALL.and(
                // Types.
                "long dbclob graphic vargraphic decfloat xml",
                // Conditions and conversions: computed from their arguments.
                "decode nvl nvl2 value to_char to_date to_number to_timestamp varchar_format timestamp_format",
                // Numbers and bits: computed from their arguments, or drawn by chance.
                "absval bitand bitandnot bitnot bitor bitxor cosh cotd digits dsinh multiply_alt rand random sinh tanh truncate",
                // Characters: computed from their arguments.
                "btrim chr concat_ws difference hash hex initcap insert instr lcase locate locate_in_string ora_hash posstr",
                "regexp_count regexp_instr regexp_like regexp_replace regexp_substr soundex space strip substr2 ucase",
                // Times: computed from their arguments, or read.
                "add_days add_hours add_minutes add_months add_seconds add_years date_part date_trunc day dayname dayofmonth",
                "dayofweek dayofweek_iso dayofyear days days_between hour hours_between julian_day last_day microsecond",
                "midnight_seconds minute month monthname months_between next_day quarter second timestampadd timestampdiff",
                "timestamp_iso week week_iso year",
                // XML and JSON: computed from their arguments.
                "json_array json_exists json_object json_query json_value xmlagg xmlattributes xmlconcat xmldocument xmlelement",
                "xmlexists xmlforest xmlparse xmlquery xmlserialize xmltable",
                // The database and the session: read only.
                "current_role current_schema current_server");
    }
}
