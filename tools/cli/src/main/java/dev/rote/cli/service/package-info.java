/** The gRPC services a command talks to, and how their addresses are found. */
@NullMarked
package dev.rote.cli.service;

import org.jspecify.annotations.NullMarked;
