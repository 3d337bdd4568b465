/**
 * Applications of object-relational mappers, each compiled once and run with several versions of its library: what differs
 * between those is called by name.
 */
package com.acme.sessions;
