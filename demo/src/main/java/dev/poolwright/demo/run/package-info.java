/**
 * Starts the database and the application in JVMs of their own and measures one run. May use {@code otlp} and
 * {@code report}. Start reading at {@link dev.poolwright.demo.run.ApplicationRun}.
 */
package dev.poolwright.demo.run;
