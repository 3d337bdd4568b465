package com.acme.orders.catalogue;

/** An article as the catalogue shows it; the price is in cents. */
public record Article(int id, String name, long price) {}
