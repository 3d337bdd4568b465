/**
 * What a key of an engine consists of: values that compare in full, secrets that do not show, objects that are compared
 * by identity and never kept alive. Knows the JDK only. Start at {@link dev.poolwright.engine.key.KeyParts}.
 */
package dev.poolwright.engine.key;
