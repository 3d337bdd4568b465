/** Programs for forked JVMs: applications that know nothing of Poolwright, and the means to watch them. */
package com.acme;
