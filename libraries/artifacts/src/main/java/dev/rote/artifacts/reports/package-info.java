/** Reports as objects: files, and a manifest of them. */
@NullMarked
package dev.rote.artifacts.reports;

import org.jspecify.annotations.NullMarked;
