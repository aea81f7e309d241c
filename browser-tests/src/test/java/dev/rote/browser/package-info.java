/** The live page as people meet it: in Chromium. */
@NullMarked
package dev.rote.browser;

import org.jspecify.annotations.NullMarked;
