/**
 * What was measured, as a table for people and as JSON for programs, and which promises it keeps. Pure: no files, no
 * processes. Start reading at {@link dev.poolwright.demo.report.Measurement}.
 */
package dev.poolwright.demo.report;
