/**
 * An application that tries everything: one method per thing that programs do with connections, run without the agent,
 * with it, and with it on connections that others have just used. Start reading at {@link com.acme.compat.Application}.
 */
package com.acme.compat;
