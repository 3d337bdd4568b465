/** What programs do with statements, rows and values. */
package com.acme.compat.statements;
