/** An application whose figures are known, for those who measure it. */
package com.acme.measured;
