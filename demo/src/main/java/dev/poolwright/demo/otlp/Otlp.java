package dev.poolwright.demo.otlp;

/** Field numbers of OTLP 1.10, the few we read. */
final class Otlp {

    /** Of all three requests: the resources, their scopes, and the spans, metrics or log records of each. */
    static final int RESOURCES = 1;

    static final int SCOPES = 2;
    static final int RECORDS = 2;

    private Otlp() {}

    /** {@code trace.v1.Span}. */
    static final class Span {
        static final int TRACE_ID = 1;
        static final int SPAN_ID = 2;
        static final int NAME = 5;
        static final int STATUS = 15;

        private Span() {}
    }

    /** {@code trace.v1.Status}. */
    static final class Status {
        static final int CODE = 3;
        static final long ERROR = 2;

        private Status() {}
    }

    /** {@code metrics.v1.Metric}. */
    static final class Metric {
        static final int NAME = 1;
        static final int SUM = 7;

        private Metric() {}
    }

    /** {@code metrics.v1.Sum}. */
    static final class Sum {
        static final int POINTS = 1;

        private Sum() {}
    }

    /** {@code metrics.v1.NumberDataPoint}. */
    static final class Point {
        static final int UNIX_NANOS = 3;
        static final int INT = 6;
        static final int ATTRIBUTES = 7;

        private Point() {}
    }

    /** {@code logs.v1.LogRecord}. */
    static final class Log {
        static final int ATTRIBUTES = 6;
        static final int EVENT_NAME = 12;

        private Log() {}
    }

    /** {@code common.v1.KeyValue}. */
    static final class Attribute {
        static final int KEY = 1;
        static final int VALUE = 2;

        private Attribute() {}
    }

    /** {@code common.v1.AnyValue}. */
    static final class Value {
        static final int TEXT = 1;
        static final int INT = 3;

        private Value() {}
    }
}
