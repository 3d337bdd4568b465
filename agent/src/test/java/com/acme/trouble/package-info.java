/** Applications with something wrong in them, or under load; they know nothing of Poolwright. */
package com.acme.trouble;
