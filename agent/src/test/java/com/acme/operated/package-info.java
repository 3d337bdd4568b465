/** An application that an operator looks after while it runs. */
package com.acme.operated;
