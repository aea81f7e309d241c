/**
 * Who may what: roles, callers and their keys, and the one table of methods. Knows of no request's
 * content.
 */
@NullMarked
package dev.rote.access;

import org.jspecify.annotations.NullMarked;
