package dev.poolwright.sql;

/** The functions of JDBC's <code>{fn ..}</code>: each driver knows which of its own are meant, and all of them compute. */
final class EscapedFunctions {

    static final Words ALL = Words.of(
            "abs acos asin atan atan2 ceiling cos cot degrees exp floor log log10 mod pi power radians rand round sign",
            "sin sqrt tan truncate",
            "ascii bit_length char char_length character_length concat difference insert lcase left length locate ltrim",
            "octet_length position repeat replace right rtrim soundex space substring ucase",
            "current_date current_time current_timestamp curdate curtime dayname dayofmonth dayofweek dayofyear extract",
            "hour minute month monthname now quarter second timestampadd timestampdiff week year",
            "database ifnull user convert");

    private EscapedFunctions() {}
}
