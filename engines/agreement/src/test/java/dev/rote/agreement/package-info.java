/** The reference engine beside difference quotients. */
@NullMarked
package dev.rote.agreement;

import org.jspecify.annotations.NullMarked;
