/** What programs do with transactions, and what is left of them. */
package com.acme.compat.transactions;
