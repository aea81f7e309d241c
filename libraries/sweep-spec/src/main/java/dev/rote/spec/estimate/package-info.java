/** What a sweep will take, estimated before it runs. */
@NullMarked
package dev.rote.spec.estimate;

import org.jspecify.annotations.NullMarked;
