/**
 * The numbers of a sweep as tables, one layout for all of them, row by row in bounded memory:
 * written as Parquet, as CSV and as blocks of columns.
 */
@NullMarked
package dev.rote.tables;

import org.jspecify.annotations.NullMarked;
