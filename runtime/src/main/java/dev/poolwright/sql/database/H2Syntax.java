package dev.poolwright.sql.database;

import dev.poolwright.sql.Reading;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Words;

/** H2 and HSQLDB: what one has and the other has not, it does not know. */
public final class H2Syntax extends Syntax {

    public H2Syntax() {
        super(DOLLAR_QUOTES | VARIABLES);
    }

    @Override
    protected Verdict.Work workOfDefinition() {
        return Verdict.Work.ENDS;
    }

    @Override
    protected Words harmless() {
        return Harmless.WORDS;
    }

    @Override
    protected boolean isPlain(String verb) {
        switch (verb) {
            case "table":
            case "show":
            case "comment":
            case "grant": // what a role may do is asked for each time
            case "revoke":
            case "analyze":
                return true;
            default:
                return super.isPlain(verb);
        }
    }

    /** {@code CALL} of an expression is a query with one row; of a word, it may be a procedure without arguments. */
    @Override
    protected void readOther(String verb, Reading reading) {
        if (!verb.equals("call")) {
            super.readOther(verb, reading);
            return;
        }
        reading.next();
        boolean word = !reading.word().isEmpty() || reading.isQuoted();
        if (word && !reading.isCall() && !reading.isWord("next") && !reading.isWord("current")) {
            reading.note(Verdict.ANYTHING, Verdict.Reason.CALL);
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
            case "domain":
            case "role":
            case "type":
                return true;
            default:
                return false;
        }
    }

    @Override
    protected boolean readFunction(String name, Reading reading) {
        switch (name) {
            case "identity":
            case "scope_identity":
            case "last_insert_id":
            case "currval":
            case "lastval":
                reading.noteMemory(Verdict.READS_KEYS);
                return true;
            case "nextval":
                reading.noteMemory(Verdict.MAKES_KEYS);
                return true;
            case "set": // a function that sets a variable, in older versions
                reading.noteFunction(Verdict.CHANGES);
                return true;
            default:
                return false;
        }
    }

    @Override
    protected void readWord(String word, Reading reading) {
        if (word.equals("value")) { // FOR
            if (reading.previousWord().equals("current")) {
                reading.noteMemory(Verdict.READS_KEYS);
            } else if (reading.previousWord().equals("next")) {
                reading.noteMemory(Verdict.MAKES_KEYS);
            }
        } else if (word.equals("engine") && reading.isInDefinition()) {
            reading.note(Verdict.ANYTHING, Verdict.Reason.STATEMENT); // code of somebody's
        } else if (word.equals(".currval")) {
            reading.noteMemory(Verdict.READS_KEYS);
        } else if (word.equals(".nextval")) {
            reading.noteMemory(Verdict.MAKES_KEYS);
        }
    }

    private static final class Harmless {

        static final Words WORDS = StandardWords.ALL.and(
                // Keywords.
                "key minus rownum",
                // Types.
                "tinyint decfloat number enum geometry json uuid longvarchar varchar_ignorecase nclob datetime2",
                // Conditions and conversions: computed from their arguments.
                "casewhen convert decode ifnull isnull nvl nvl2 to_char to_date to_number to_timestamp to_timestamp_tz",
                // Numbers and bits: computed from their arguments, or drawn by chance.
                "acosh bitand bitandnot bitcount bitget bitnand bitnor bitnot bitor bitxnor bitxor cosh gcd lcm lshift ora_hash",
                "rand random rotateleft rotateright roundmagic rshift secure_rand sinh tanh truncate truncate_value",
                "ulshift urshift zero",
                // Characters and bytes: computed from their arguments.
                "btrim char chr compress concat_ws crypt_key decrypt difference encrypt expand hash hex hextoraw initcap",
                "insert instr lcase locate md5 quote_ident rawtohex regexp_like regexp_matches regexp_replace",
                "regexp_substring regexp_substr reverse sha1 sha256 soundex space stringdecode stringencode stringtoutf8",
                "to_base64 ucase unhex utf8tostring",
                // Times: computed from their arguments, or read.
                "add_months curdate curtime dateadd date_add date_sub datediff date_trunc datetrunc datename datepart day",
                "dayname dayofmonth dayofweek dayofyear day_name day_of_month day_of_week day_of_year formatdatetime",
                "from_tz hour hour_of_day iso_day_of_week iso_week iso_week_year iso_year last_day minute month monthname month_name",
                "months_between new_time next_day parsedatetime quarter second seconds_midnight sysdate systimestamp",
                "timestampadd timestampdiff timestamp_with_zone today to_days to_dsinterval to_yminterval unix_millis",
                "unix_timestamp week week_of_year year",
                // Arrays, JSON and XML: computed from their arguments.
                "array_append array_cat array_contains array_get array_length array_max_cardinality array_slice cardinality",
                "max_cardinality position_array sequence_array sort_array trim_array unnest json_array json_arrayagg",
                "json_object json_objectagg xmlattr xmlcdata xmlcomment xmlnode xmlstartdoc xmltext table_distinct",
                "system_range",
                // Aggregates.
                "any bit_and_agg bit_or_agg bit_xor_agg bit_nand_agg bit_nor_agg bit_xnor_agg envelope group_concat histogram",
                "median ratio_to_report selectivity some",
                // Drawn by chance or counted.
                "random_uuid sys_guid",
                // The database and the session: read only.
                "autocommit character_octet_length current_catalog current_path current_role current_schema database",
                "database_name database_path database_version data_type_sql db_object_id db_object_sql disk_space_used",
                "h2version isautocommit isreadonly isreadonlydatabase isreadonlydatabasefiles isreadonlysession",
                "isolation_level lock_mode lock_timeout memory_free memory_used readonly row_count schema session_id",
                "session_isolation_level session_timezone system_user timezone transaction_id transaction_size version");
    }
}
