/** What the packaged agent tells, as those receive it for whom it is meant: Prometheus, collectors, other tracing agents. */
package dev.poolwright.agent.telemetry;
