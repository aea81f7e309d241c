/**
 * Datasets: their files (found, checked, fetched and unpacked), their examples, and seeded splits.
 * Examples are read one at a time from files; no dataset is ever held in memory.
 */
@NullMarked
package dev.rote.corruption.datasets;

import org.jspecify.annotations.NullMarked;
