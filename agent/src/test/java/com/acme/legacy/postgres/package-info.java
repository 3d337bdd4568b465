/**
 * The legacy application on PostgreSQL: what it does there that it does nowhere else. Start at {@link
 * com.acme.legacy.postgres.PostgresApplication}.
 */
package com.acme.legacy.postgres;
