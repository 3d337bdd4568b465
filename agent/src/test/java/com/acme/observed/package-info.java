/** Application code that is watched and not pooled. */
package com.acme.observed;
