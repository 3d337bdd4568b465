/** One small application, {@link com.acme.shapes.Shop}, and the many shapes in which it can be started. */
package com.acme.shapes;
