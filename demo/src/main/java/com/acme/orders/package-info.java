/**
 * ACME's order entry, a legacy application: the desk takes orders with plain JDBC ({@code desk}), billing came later
 * and uses Hibernate ({@code billing}), both look articles up in {@code catalogue}. It knows its database and nothing
 * else. Start reading at {@link com.acme.orders.OrderEntry}.
 */
package com.acme.orders;
