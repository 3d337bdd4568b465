package dev.poolwright.bench.contention;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time that this JVM has used since this object was made. */
final class ProcessorTime {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long began = SYSTEM.getProcessCpuTime();

    double nanos() {
        return SYSTEM.getProcessCpuTime() - began;
    }
}
