/**
 * What is known of drivers beyond JDBC: how to reach their own code, and what they answer from memory. Uses nothing of
 * ours. Start at {@link dev.poolwright.dialect.driver.DriverCode}.
 */
package dev.poolwright.dialect.driver;
