package dev.poolwright.sql.database;

import dev.poolwright.sql.IdleEffect;
import dev.poolwright.sql.LeadingWords;
import dev.poolwright.sql.Reading;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Words;

/** PostgreSQL. */
public final class PostgresSyntax extends Syntax {

    public PostgresSyntax() {
        super(ESCAPE_TEXTS | DOLLAR_QUOTES | BACKSLASHES_BY_SETTING);
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
        return "pg_catalog";
    }

    /** What is locked, declared without hold or sent ends with the transaction. */
    @Override
    protected boolean isPlain(String verb) {
        switch (verb) {
            case "table":
            case "show":
            case "lock":
            case "notify":
            case "fetch":
            case "move":
            case "close":
                return true;
            default:
                return super.isPlain(verb);
        }
    }

    @Override
    protected boolean isOfTransaction(String verb) {
        switch (verb) {
            case "begin":
            case "start":
            case "end":
            case "abort":
                return true;
            default:
                return super.isOfTransaction(verb);
        }
    }

    @Override
    protected void readOther(String verb, Reading reading) {
        switch (verb) {
            case "set":
                reading.next();
                readSet(reading);
                break;
            case "reset":
                reading.next();
                noteSetting(reading, reading.isWord("all") ? Verdict.PLANS : 0);
                break;
            case "listen":
            case "unlisten":
                reading.note(Verdict.CHANGES, Verdict.Reason.SETTING);
                break;
            case "declare":
                reading.note(Verdict.CHANGES, Verdict.Reason.STATEMENT);
                break;
            case "load": // what a library does when it is loaded stays done
                reading.note(Verdict.ANYTHING | Verdict.FOR_GOOD, Verdict.Reason.SETTING);
                break;
            default:
                super.readOther(verb, reading);
        }
    }

    /** After {@code SET}. */
    private static void readSet(Reading reading) {
        boolean local = reading.isWord("local");
        if (local) {
            reading.next();
        } else if (reading.isWord("session")) {
            reading.next();
            if (reading.isWord("authorization") || reading.isWord("characteristics")) {
                reading.note(Verdict.CHANGES, Verdict.Reason.SETTING);
                return;
            }
        } else if (reading.isWord("transaction") || reading.isWord("constraints")) {
            return; // until the end of the transaction
        }
        noteSetting(reading, local ? LOCAL : 0);
    }

    private static final int LOCAL = 1 << 30;

    /**
     * Stands at the name of a setting. One with a dot is somebody's own: once set, in a transaction even, it is empty
     * instead of missing for the rest of the session, and nothing brings that back.
     */
    private static void noteSetting(Reading reading, int more) {
        boolean local = (more & LOCAL) != 0;
        boolean path = reading.isWord("search_path") || reading.isWord("schema");
        boolean quoted = reading.isQuoted();
        int left = (more & ~LOCAL) | (path ? Verdict.CHANGES | Verdict.PLANS : local ? 0 : Verdict.CHANGES);
        reading.next();
        boolean dotted = reading.isMark('.');
        reading.note(left | (quoted || dotted ? Verdict.CHANGES | Verdict.FOR_GOOD : 0), Verdict.Reason.SETTING);
    }

    @Override
    protected boolean readFunction(String name, Reading reading) {
        switch (name) {
            case "set_config":
                readSetConfig(reading);
                return true;
            case "setseed": // nothing makes a sequence of numbers unforeseeable again
                reading.noteFunction(Verdict.CHANGES | Verdict.FOR_GOOD);
                return true;
            case "pg_advisory_lock":
            case "pg_advisory_lock_shared":
            case "pg_try_advisory_lock":
            case "pg_try_advisory_lock_shared":
            case "pg_advisory_unlock":
            case "pg_advisory_unlock_shared":
            case "pg_advisory_unlock_all":
                reading.noteFunction(Verdict.CHANGES);
                return true;
            case "nextval":
            case "setval":
                reading.noteMemory(Verdict.MAKES_KEYS);
                return true;
            case "currval":
            case "lastval":
                reading.noteMemory(Verdict.READS_KEYS);
                return true;
            default:
                return false;
        }
    }

    private static void readSetConfig(Reading reading) {
        String setting = reading.argument(0);
        String local = reading.argument(2);
        boolean told = "true".equals(local) || "false".equals(local);
        if (setting == null || setting.indexOf('.') >= 0 || !told) {
            reading.noteFunction(Verdict.CHANGES | Verdict.PLANS | Verdict.FOR_GOOD);
        } else if (setting.equalsIgnoreCase("search_path")) {
            reading.noteFunction(Verdict.CHANGES | Verdict.PLANS);
        } else if ("false".equals(local)) {
            reading.noteFunction(Verdict.CHANGES);
        }
    }

    /** As everywhere; and a plan that was prepared before its tables changed fails with 0A000. */
    @Override
    protected IdleEffect effectOnIdle(String sql, int start) {
        IdleEffect effect = super.effectOnIdle(sql, start);
        return effect == IdleEffect.NONE && changesRows(new LeadingWords(sql, start)) ? IdleEffect.PLANS_STALE : effect;
    }

    private static boolean changesRows(LeadingWords words) {
        String verb = words.next();
        if (verb.equals("CREATE")) {
            return words.next().equals("OR"); // REPLACE
        }
        if (!verb.equals("ALTER") && !verb.equals("DROP")) {
            return false;
        }
        switch (words.next()) {
            case "TABLE":
            case "FOREIGN":
            case "VIEW":
            case "MATERIALIZED":
            case "TYPE":
            case "DOMAIN":
            case "SCHEMA":
            case "FUNCTION":
                return true;
            default:
                return false;
        }
    }

    /** Made from pg_proc: what is immutable or stable and may be called by name, but for what runs text it is given. */
    private static final class Harmless {

        static final Words WORDS = StandardWords.ALL.and(
                // Types.
                "bpchar bool int2 int4 int8 float4 float8 timestamptz timetz varbit money oid uuid inet cidr macaddr",
                "macaddr8 box circle line lseg path point polygon xml json jsonb regclass daterange int4range int8range",
                "numrange tsrange tstzrange datemultirange int4multirange int8multirange nummultirange tsmultirange",
                "tstzmultirange multirange xid name",
                // Numbers: computed from their arguments.
                "acosd acosh asind asinh atan2d atand atanh cbrt cosd cosh cotd div erf erfc factorial gcd lcm min_scale",
                "pow scale sind sinh tand tanh trim_scale",
                // Drawn by chance; "setseed" is another matter.
                "random random_normal gen_random_uuid uuidv4 uuidv7 uuid_extract_timestamp uuid_extract_version",
                // Characters and bytes: computed from their arguments.
                "btrim casefold chr concat_ws convert convert_from convert_to crc32 crc32c decode encode format get_bit",
                "get_byte initcap is_normalized like like_escape md5 normalize notlike parse_ident pg_client_encoding",
                "quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like regexp_match regexp_matches",
                "regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr reverse set_bit set_byte sha224",
                "sha256 sha384 sha512 similar_escape similar_to_escape split_part starts_with string_to_array",
                "string_to_table strpos textlen to_ascii to_bin to_hex to_oct unicode_assigned unistr bit_count",
                // Times: computed from their arguments, or read.
                "age clock_timestamp date_add date_bin date_part date_subtract date_trunc isfinite justify_days",
                "justify_hours justify_interval make_date make_interval make_time make_timestamp make_timestamptz overlaps",
                "statement_timestamp timeofday timezone to_char to_date to_number to_timestamp transaction_timestamp",
                // Arrays, ranges, enums and sets of rows: computed from their arguments.
                "array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position",
                "array_positions array_prepend array_remove array_replace array_reverse array_sample array_shuffle",
                "array_sort array_to_string array_upper cardinality trim_array unnest enum_first enum_last enum_range",
                "generate_series generate_subscripts isempty lower_inc lower_inf range_agg range_intersect_agg range_merge",
                "upper_inc upper_inf num_nonnulls num_nulls",
                // JSON and XML: computed from their arguments.
                "array_to_json json_agg json_agg_strict json_array json_array_elements json_array_elements_text",
                "json_array_length json_arrayagg json_build_array json_build_object json_each json_each_text json_exists",
                "json_extract_path json_extract_path_text json_object json_object_agg json_object_keys json_objectagg",
                "json_populate_record json_populate_recordset json_query json_scalar json_serialize json_strip_nulls",
                "json_to_record json_to_recordset json_typeof json_value jsonb_agg jsonb_array_elements",
                "jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat",
                "jsonb_contained jsonb_contains jsonb_delete jsonb_delete_path jsonb_each jsonb_each_text jsonb_exists",
                "jsonb_exists_all jsonb_exists_any jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object",
                "jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz jsonb_path_match",
                "jsonb_path_match_tz jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz",
                "jsonb_path_query_first jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record",
                "jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record",
                "jsonb_to_recordset jsonb_typeof row_to_json to_json to_jsonb xmlagg xmlattributes xmlcomment xmlconcat",
                "xmlelement xmlexists xmlforest xmlparse xmlpi xmlroot xmlserialize xmltext xml_is_well_formed",
                "xml_is_well_formed_content xml_is_well_formed_document xpath xpath_exists",
                // Text search: computed from their arguments. Not ts_stat and ts_rewrite, which run a query they are
                // given.
                "array_to_tsvector get_current_ts_config json_to_tsvector jsonb_to_tsvector numnode phraseto_tsquery",
                "plainto_tsquery querytree setweight strip to_tsquery to_tsvector ts_delete ts_filter ts_headline ts_rank",
                "ts_rank_cd tsvector_to_array websearch_to_tsquery",
                // Geometry and networks: computed from their arguments.
                "area bound_box center diagonal diameter height isclosed isopen npoints pclose popen radius slope width",
                "abbrev broadcast family host hostmask inet_merge inet_same_family macaddr8_set7bit masklen netmask network",
                "set_masklen",
                // Aggregates.
                "bit_and bit_or bit_xor bool_and bool_or",
                // The catalogue and the server: read only.
                "col_description current_catalog current_database current_query current_role current_schema",
                "current_schemas current_setting format_type getdatabaseencoding has_any_column_privilege",
                "has_column_privilege has_database_privilege has_function_privilege has_schema_privilege",
                "has_sequence_privilege has_table_privilege has_tablespace_privilege has_type_privilege inet_client_addr",
                "inet_client_port inet_server_addr inet_server_port obj_description pg_backend_pid pg_blocking_pids",
                "pg_char_to_encoding pg_column_compression pg_column_size pg_conf_load_time pg_current_snapshot",
                "pg_current_wal_lsn pg_current_xact_id pg_current_xact_id_if_assigned pg_database_size",
                "pg_describe_object pg_encoding_to_char pg_function_is_visible pg_get_constraintdef pg_get_expr",
                "pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result pg_get_functiondef",
                "pg_get_indexdef pg_get_keywords pg_get_partkeydef pg_get_ruledef pg_get_serial_sequence",
                "pg_get_triggerdef pg_get_userbyid pg_get_viewdef pg_has_role pg_indexes_size pg_is_in_recovery",
                "pg_is_other_temp_schema pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp",
                "pg_listening_channels pg_my_temp_schema pg_notification_queue_usage pg_opclass_is_visible",
                "pg_operator_is_visible pg_options_to_table pg_partition_ancestors pg_partition_root pg_partition_tree",
                "pg_postmaster_start_time pg_relation_filenode pg_relation_size pg_safe_snapshot_blocking_pids",
                "pg_size_bytes pg_size_pretty pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin pg_table_is_visible",
                "pg_table_size pg_tablespace_location pg_tablespace_size pg_timezone_abbrevs pg_timezone_names",
                "pg_total_relation_size pg_trigger_depth pg_type_is_visible pg_typeof pg_visible_in_snapshot",
                "pg_wal_lsn_diff pg_xact_commit_timestamp pg_xact_status row_security_active shobj_description system_user",
                "to_regclass to_regnamespace to_regproc to_regprocedure to_regrole to_regtype txid_current",
                "txid_current_if_assigned txid_current_snapshot txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin",
                "txid_status txid_visible_in_snapshot version",
                // They wait, and leave nothing.
                "pg_sleep pg_sleep_for pg_sleep_until",
                // Until the end of the transaction.
                "pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_xact_lock",
                "pg_try_advisory_xact_lock_shared pg_notify pg_export_snapshot",
                // Samples of a table.
                "bernoulli system repeatable",
                // Of well-known extensions: computed from their arguments.
                "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil",
                "crypt gen_salt digest hmac gen_random_bytes similarity word_similarity strict_word_similarity",
                "show_trgm unaccent levenshtein metaphone dmetaphone hstore akeys avals");
    }
}
