/**
 * A program that calls every method of every JDBC interface of its JVM with valid arguments and prints what came of it,
 * one line per call: the same program on the same database prints the same lines. {@link com.acme.sweep.Sweep} is its
 * main class; {@link com.acme.sweep.States} says on which objects, {@link com.acme.sweep.Arguments} with what.
 */
package com.acme.sweep;
