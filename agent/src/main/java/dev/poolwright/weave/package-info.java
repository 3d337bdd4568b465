/**
 * Rewrites class files so that they call {@code java.sql.PoolwrightHook}: one class per rewritten type.
 *
 * <p>By hand, with {@code classfile}: a library for it would be a third of what an application's start loads of us. Loads
 * no class of the application. A class that cannot be woven is left as it is. Start reading at
 * {@link dev.poolwright.weave.Weaving}, then {@link dev.poolwright.weave.AroundMethod}.
 */
package dev.poolwright.weave;
