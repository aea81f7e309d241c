package dev.rote.metrics.sharpness;

/**
 * An approximate eigenvalue.
 *
 * @param value Rayleigh quotient λ = ⟨v, A v⟩ of a unit vector v
 * @param residual ||A v - λ v||: an eigenvalue of A lies within it of λ
 * @param products products with A that it took
 * @param converged whether the residual is at most the tolerance times |λ|
 */
record Eigenpair(double value, double residual, int products, boolean converged) {}
