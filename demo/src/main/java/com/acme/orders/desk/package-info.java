/**
 * The order desk: data access objects that take a connection from {@code DriverManager} for every request, the way it
 * was done. May use the catalogue. Start reading at {@link com.acme.orders.desk.OrderDao}.
 */
package com.acme.orders.desk;
