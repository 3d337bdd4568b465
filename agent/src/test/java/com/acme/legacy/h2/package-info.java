/** The legacy application on H2: what it does there that it does nowhere else. Start at {@link com.acme.legacy.h2.H2Application}. */
package com.acme.legacy.h2;
