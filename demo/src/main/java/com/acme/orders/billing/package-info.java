/**
 * Billing: invoices, with Hibernate over a {@code DataSource} of the driver. Start reading at
 * {@link com.acme.orders.billing.Billing}.
 */
package com.acme.orders.billing;
