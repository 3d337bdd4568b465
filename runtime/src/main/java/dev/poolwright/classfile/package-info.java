/**
 * Writes class files: bytes, constants, code. As little of it as handles and woven methods need, so that nothing but this
 * is loaded for them when an application starts. Depends on nothing. One thread at a time.
 */
package dev.poolwright.classfile;
