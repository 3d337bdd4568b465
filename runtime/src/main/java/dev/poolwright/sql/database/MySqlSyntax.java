package dev.poolwright.sql.database;

import dev.poolwright.sql.Reading;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Words;

/** MySQL and MariaDB. */
public final class MySqlSyntax extends Syntax {

    public MySqlSyntax() {
        super(BACKSLASHES
                | BACKSLASHES_BY_SETTING
                | HASH_COMMENTS
                | DASHES_NEED_BLANK
                | BACKTICKS
                | DOUBLE_QUOTED_TEXTS
                | VARIABLES);
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
            case "replace":
            case "table":
            case "show":
                return true;
            case "merge":
                return false;
            default:
                return super.isPlain(verb);
        }
    }

    /** Not {@code BEGIN NOT ATOMIC}, which is a block of code with semicolons in it. */
    @Override
    protected boolean isOfTransaction(String verb) {
        return verb.equals("start") || super.isOfTransaction(verb);
    }

    @Override
    protected void readOther(String verb, Reading reading) {
        switch (verb) {
            case "begin":
                reading.next();
                if (!reading.isEnd() && !reading.isMark(';') && !reading.isWord("work")) {
                    reading.note(Verdict.ANYTHING, Verdict.Reason.CALL);
                }
                break;
            case "set":
                readSet(reading);
                break;
            case "lock":
            case "unlock":
            case "handler":
                reading.note(Verdict.CHANGES, Verdict.Reason.SETTING);
                break;
            case "xa": // a branch of somebody's transaction is not for a reset to end
                reading.note(Verdict.ANYTHING | Verdict.FOR_GOOD, Verdict.Reason.SETTING);
                break;
            default:
                super.readOther(verb, reading);
        }
    }

    /** A role is not given back by every server when it resets a session. */
    private static void readSet(Reading reading) {
        reading.next();
        int left = reading.isWord("role") || reading.isWord("default") || reading.isWord("resource")
                ? Verdict.CHANGES | Verdict.FOR_GOOD
                : Verdict.CHANGES;
        reading.note(left, Verdict.Reason.SETTING);
    }

    @Override
    protected boolean readFunction(String name, Reading reading) {
        switch (name) {
            case "last_insert_id":
                // With an argument it is remembered, without one read.
                reading.noteMemory(reading.hasArguments() ? Verdict.MAKES_KEYS : Verdict.READS_KEYS);
                return true;
            case "nextval":
            case "setval":
                reading.noteMemory(Verdict.MAKES_KEYS);
                return true;
            case "lastval":
                reading.noteMemory(Verdict.READS_KEYS);
                return true;
            case "found_rows":
            case "row_count":
                reading.noteMemory(Verdict.READS_LAST);
                return true;
            case "get_lock":
            case "release_lock":
            case "release_all_locks":
                reading.noteFunction(Verdict.CHANGES);
                return true;
            default:
                return false;
        }
    }

    @Override
    protected void readWord(String word, Reading reading) {
        switch (word) {
            case "warnings": // SHOW
            case "errors":
                if (reading.previousWord().equals("show")
                        || reading.previousWord().isEmpty()) { // COUNT(*)
                    reading.noteMemory(Verdict.READS_LAST);
                }
                break;
            case "@@warning_count":
            case "@@error_count":
            case "@@session.warning_count":
            case "@@session.error_count":
                reading.noteMemory(Verdict.READS_LAST);
                break;
            case "@@last_insert_id":
            case "@@identity":
            case "@@session.last_insert_id":
                reading.noteMemory(Verdict.READS_KEYS);
                break;
            case "value": // FOR
                if (reading.previousWord().equals("next")) {
                    reading.noteMemory(Verdict.MAKES_KEYS);
                } else if (reading.previousWord().equals("previous")) {
                    reading.noteMemory(Verdict.READS_KEYS);
                }
                break;
            default:
                break;
        }
    }

    private static final class Harmless {

        static final Words WORDS = StandardWords.ALL.and(
                // Keywords that no function can be called.
                "xor div regexp rlike binary index key partition against use force ignore interval",
                // Types.
                "tinyint mediumint tinytext mediumtext longtext tinyblob mediumblob longblob enum signed unsigned year json",
                // Conditions and conversions: computed from their arguments.
                "if ifnull isnull convert inet_aton inet_ntoa inet6_aton inet6_ntoa is_ipv4 is_ipv6 is_uuid",
                "uuid_to_bin bin_to_uuid name_const values value default",
                // Numbers: computed from their arguments, or drawn by chance.
                "bin bit_count ceil conv crc32 crc32c hex log2 oct pow rand truncate unhex",
                // Characters: computed from their arguments.
                "aes_decrypt aes_encrypt compress concat_ws elt export_set field find_in_set format from_base64 insert",
                "instr lcase locate make_set md5 mid ord password quote random_bytes regexp_instr regexp_like",
                "regexp_replace regexp_substr reverse sha sha1 sha2 soundex space strcmp substring_index to_base64 to_char",
                "ucase uncompress uncompressed_length validate_password_strength weight_string natural_sort_key sformat chr",
                "charset coercibility collation decode encode match",
                // Times: computed from their arguments, or read.
                "addtime adddate convert_tz curdate curtime date_add date_format date_sub datediff day dayname dayofmonth",
                "dayofweek dayofyear from_days from_unixtime get_format hour last_day makedate maketime microsecond minute",
                "month monthname period_add period_diff quarter sec_to_time second str_to_date subdate subtime sysdate",
                "time_format time_to_sec timediff timestampadd timestampdiff to_days to_seconds unix_timestamp utc_date",
                "utc_time utc_timestamp week weekday weekofyear yearweek",
                // JSON, XML and geometry: computed from their arguments.
                "json_array json_array_append json_array_insert json_arrayagg json_compact json_contains json_contains_path",
                "json_depth json_detailed json_equals json_exists json_extract json_insert json_keys json_length json_loose",
                "json_merge json_merge_patch json_merge_preserve json_normalize json_object json_objectagg json_overlaps",
                "json_pretty json_query json_quote json_remove json_replace json_schema_valid json_search json_set",
                "json_storage_size json_table json_type json_unquote json_valid json_value extractvalue updatexml",
                "st_area st_asgeojson st_astext st_aswkb st_aswkt st_buffer st_contains st_crosses st_disjoint st_distance",
                "st_distance_sphere st_equals st_geomfromtext st_geomfromwkb st_intersects st_length st_overlaps",
                "st_pointfromtext st_srid st_touches st_within st_x st_y point linestring polygon mbrcontains mbrwithin",
                // Aggregates.
                "bit_and bit_or bit_xor group_concat std",
                // Drawn by chance or counted by the server.
                "uuid uuid_short sys_guid",
                // The server and the session: read only.
                "benchmark connection_id current_role database is_free_lock is_used_lock schema",
                "system_user version",
                // It waits, and leaves nothing.
                "sleep");
    }
}
