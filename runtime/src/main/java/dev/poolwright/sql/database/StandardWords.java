package dev.poolwright.sql.database;

import dev.poolwright.sql.Words;

/** Names of the SQL standard that may stand before a parenthesis, the same with every database here. */
final class StandardWords {

    static final Words ALL = Words.of(
            // Types: in a CAST, or before a literal.
            "char character varchar varying nchar nvarchar numeric decimal dec float double real int integer bigint",
            "smallint boolean bit binary varbinary date time timestamp interval clob blob text datetime",
            // Conditions and conversions: computed from their arguments.
            "cast coalesce nullif greatest least extract",
            // Numbers: computed from their arguments.
            "abs acos asin atan atan2 ceil ceiling cos cot degrees exp floor ln log log10 mod pi power radians round sign",
            "sin sqrt tan trunc width_bucket",
            // Characters: computed from their arguments.
            "ascii bit_length char_length character_length concat left length lower lpad ltrim octet_length overlay",
            "position repeat replace right rpad rtrim substr substring translate trim upper",
            // The time, and who asks: read only.
            "current_date current_time current_timestamp localtime localtimestamp now current_user session_user user",
            // Aggregates and windows: computed from rows.
            "count sum avg min max every any_value array_agg listagg string_agg stddev stddev_pop stddev_samp var_pop",
            "var_samp variance covar_pop covar_samp corr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope",
            "regr_sxx regr_sxy regr_syy row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value",
            "last_value nth_value percentile_cont percentile_disc mode",
            // Grouping: parts of GROUP BY.
            "rollup cube grouping");

    private StandardWords() {}
}
