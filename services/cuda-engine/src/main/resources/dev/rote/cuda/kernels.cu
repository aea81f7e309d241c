/*
 * Kernels of the engine "cuda", compiled for the card when it is first used.
 *
 * Activations are float32 and row-major: [N, units], or [N, H, W, C] of images ("rows" below are
 * all pixels of all examples, "columns" channels or units). No kernel adds atomically: each result
 * is summed up by one thread, or by one block in a fixed order, so that equal calls give equal
 * bits. Long sums run in float64.
 *
 * settings: see Settings.java.
 */

#define RATE settings[0]
#define MOMENTUM settings[1]
#define DECAY settings[2]

/* A block of 32 x 8 threads sums up columns: lane x is a column, y strides over the rows. */
#define LANES 32
#define STRIDES 8

typedef long long wide;

__device__ static wide element() { return blockIdx.x * (wide)blockDim.x + threadIdx.x; }

/** A NaN stays one. */
__device__ static float rectified(float x) { return x < 0 ? 0 : x; }

/** Where element i of [N, places, channels] lies in [N, channels, places]. */
__device__ static wide channelsFirst(wide i, int channels, int places) {
  wide row = i / channels;
  return (row / places * channels + i % channels) * places + row % places;
}

/** v = momentum v + g + decay w; w = w - rate v. Without momentum the velocity is not kept. */
__device__ static void update(float *value, float *momentum, wide i, double gradient,
                              const float *settings) {
  double v = (double)MOMENTUM * momentum[i] + gradient;
  value[i] = (float)(value[i] - RATE * v);
  if (MOMENTUM != 0) {
    momentum[i] = (float)v;
  }
}

/** The sum over the strides of a block, in thread row 0. */
__device__ static double overStrides(double sum) {
  __shared__ double sums[STRIDES][LANES];
  __syncthreads();
  sums[threadIdx.y][threadIdx.x] = sum;
  __syncthreads();
  double total = 0;
  for (int y = 0; y < STRIDES; y++) {
    total += sums[y][threadIdx.x];
  }
  return total;
}

/* ---------------------------------------------------------------- elements */

/** z = z + b, then a ReLU where there is one. */
extern "C" __global__ void addBiases(float *z, const float *biases, wide count, int columns,
                                     int relu) {
  wide i = element();
  if (i < count) {
    float y = z[i] + biases[i % columns];
    z[i] = relu ? rectified(y) : y;
  }
}

/** d = 0 where the output of a ReLU is 0; the output repeats after `period` elements. */
extern "C" __global__ void maskByOutput(float *d, const float *output, wide count, wide period) {
  wide i = element();
  if (i < count && !(output[i % period] > 0)) {
    d[i] = 0;
  }
}

/** y = (x + noise) mask; noise and mask, each may be absent, are [N, channels, places]. */
extern "C" __global__ void disturb(const float *x, const float *noise, const float *mask, float *y,
                                   wide count, int channels, int places) {
  wide i = element();
  if (i < count) {
    wide at = channelsFirst(i, channels, places);
    float disturbed = noise ? x[i] + noise[at] : x[i];
    y[i] = mask ? disturbed * mask[at] : disturbed;
  }
}

/** After the weights' gradient has been added to the velocities: v += decay w; w -= rate v. */
extern "C" __global__ void followMomentum(float *weights, float *momentum, wide count,
                                          const float *settings) {
  wide i = element();
  if (i < count) {
    float v = momentum[i] + DECAY * weights[i];
    momentum[i] = v;
    weights[i] -= RATE * v;
  }
}

/** One update of biases by the column sums of dz [rows, columns]. */
extern "C" __global__ void updateBiases(const float *dz, int rows, int columns, float *biases,
                                        float *momentum, const float *settings) {
  int column = blockIdx.x * LANES + threadIdx.x;
  double sum = 0;
  for (int row = threadIdx.y; row < rows && column < columns; row += STRIDES) {
    sum += dz[(wide)row * columns + column];
  }
  double gradient = overStrides(sum);
  if (threadIdx.y == 0 && column < columns) {
    update(biases, momentum, column, gradient, settings);
  }
}

/** One update of each value by its own gradient. */
extern "C" __global__ void updateByGradient(float *values, float *momentum, const double *gradients,
                                            int count, const float *settings) {
  wide i = element();
  if (i < count) {
    update(values, momentum, i, gradients[i], settings);
  }
}

/* -------------------------------------------------------------------- loss */

/**
 * Of each row of logits z [N, K]: the weighted loss, its gradient w (p - y) and the probabilities;
 * losses and probabilities may be absent. A negative label stands for the first of the largest
 * logits; absent weights are all 1.
 */
extern "C" __global__ void softmaxLoss(const float *z, const int *labels, const double *weights,
                                       int n, int classes, double *losses, float *gradient,
                                       float *probabilities) {
  wide i = element();
  if (i >= n) {
    return;
  }
  const float *row = z + i * classes;
  int best = 0;
  for (int k = 1; k < classes; k++) {
    if (row[k] > row[best]) {
      best = k;
    }
  }
  double peak = row[best];
  double sum = 0;
  for (int k = 0; k < classes; k++) {
    sum += exp(row[k] - peak);
  }
  int label = labels[i] < 0 ? best : labels[i];
  double weight = weights ? weights[i] : 1;
  if (losses) {
    losses[i] = weight * (log(sum) + peak - row[label]);
  }
  for (int k = 0; k < classes; k++) {
    double p = exp(row[k] - peak) / sum;
    gradient[i * classes + k] = (float)(weight * (p - (k == label ? 1 : 0)));
    if (probabilities) {
      probabilities[i * classes + k] = (float)p;
    }
  }
}

/** The sum of n numbers, by one block of 256 threads. */
extern "C" __global__ void total(const double *terms, int n, double *sum) {
  __shared__ double sums[256];
  double own = 0;
  for (int i = threadIdx.x; i < n; i += 256) {
    own += terms[i];
  }
  sums[threadIdx.x] = own;
  for (int half = 128; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) {
      sums[threadIdx.x] += sums[threadIdx.x + half];
    }
  }
  if (threadIdx.x == 0) {
    *sum = sums[0];
  }
}

/* ----------------------------------------------------------------- windows */

/**
 * Patches [N outHeight outWidth, size size channels] under a window of stride 1; one block for
 * each row of them. The image of example n has value (y, x, c) at n perImage + y perRow + x
 * perPixel + c perChannel.
 */
extern "C" __global__ void cutPatches(const float *images, wide perImage, int perRow, int perPixel,
                                      int perChannel, int height, int width, int channels,
                                      int outHeight, int outWidth, int size, int top, int left,
                                      float *patches) {
  int places = outHeight * outWidth;
  int place = blockIdx.x % places;
  const float *image = images + blockIdx.x / places * perImage;
  int y0 = place / outWidth - top;
  int x0 = place % outWidth - left;
  int columns = size * size * channels;
  float *row = patches + (wide)blockIdx.x * columns;
  for (int column = threadIdx.x; column < columns; column += blockDim.x) {
    int c = column % channels;
    int tap = column / channels;
    int y = y0 + tap / size;
    int x = x0 + tap % size;
    bool inside = y >= 0 && y < height && x >= 0 && x < width;
    row[column] =
        inside ? image[(wide)y * perRow + (wide)x * perPixel + (wide)c * perChannel] : 0;
  }
}

/** The transpose of cutPatches: each value of the images sums up its places in the patches. */
extern "C" __global__ void pastePatches(const float *patches, wide perImage, int perRow,
                                        int perPixel, int perChannel, int height, int width,
                                        int channels, int outHeight, int outWidth, int size,
                                        int top, int left, float *images, wide count) {
  wide i = element();
  if (i >= count) {
    return;
  }
  int c = i % channels;
  wide pixel = i / channels;
  int x = pixel % width;
  int y = pixel / width % height;
  wide n = pixel / width / height;
  float sum = 0;
  for (int ky = 0; ky < size; ky++) {
    int oy = y + top - ky;
    for (int kx = 0; kx < size && oy >= 0 && oy < outHeight; kx++) {
      int ox = x + left - kx;
      if (ox >= 0 && ox < outWidth) {
        wide row = (n * outHeight + oy) * outWidth + ox;
        sum += patches[(row * size * size + ky * size + kx) * channels + c];
      }
    }
  }
  images[n * perImage + (wide)y * perRow + (wide)x * perPixel + (wide)c * perChannel] = sum;
}

/** Largest value of each window and its pixel; of equal ones the first; a NaN is the largest. */
extern "C" __global__ void poolLargest(const float *x, int height, int width, int channels,
                                       int outHeight, int outWidth, int size, int stride, int top,
                                       int left, float *y, int *chosen, wide count) {
  wide i = element();
  if (i >= count) {
    return;
  }
  int c = i % channels;
  wide place = i / channels;
  int x0 = place % outWidth * stride - left;
  int y0 = place / outWidth % outHeight * stride - top;
  const float *image = x + place / outWidth / outHeight * height * width * channels;
  int best = -1;
  float largest = 0;
  for (int tap = 0; tap < size * size; tap++) {
    int row = y0 + tap / size;
    int column = x0 + tap % size;
    if (row < 0 || row >= height || column < 0 || column >= width) {
      continue;
    }
    float value = image[(wide)(row * width + column) * channels + c];
    if (best < 0 || value > largest || (value != value && largest == largest)) {
      best = row * width + column;
      largest = value;
    }
  }
  y[i] = largest;
  chosen[i] = best;
}

/** Each pixel sums up the gradients of the windows that chose it. */
extern "C" __global__ void poolGradient(const float *dy, const int *chosen, int height, int width,
                                        int channels, int outHeight, int outWidth, int size,
                                        int stride, int top, int left, float *dx, wide count) {
  wide i = element();
  if (i >= count) {
    return;
  }
  int c = i % channels;
  wide place = i / channels;
  int column = place % width;
  int row = place / width % height;
  wide n = place / width / height;
  int firstRow = max(0, (row + top - size + stride) / stride);
  int lastRow = min(outHeight - 1, (row + top) / stride);
  int firstColumn = max(0, (column + left - size + stride) / stride);
  int lastColumn = min(outWidth - 1, (column + left) / stride);
  float sum = 0;
  for (int oy = firstRow; oy <= lastRow; oy++) {
    for (int ox = firstColumn; ox <= lastColumn; ox++) {
      wide at = ((n * outHeight + oy) * outWidth + ox) * channels + c;
      if (chosen[at] == row * width + column) {
        sum += dy[at];
      }
    }
  }
  dx[i] = sum;
}

/* ------------------------------------------------------ batch normalisation */

/**
 * Sums of each column over chunks of rows: of x, or of (x - mean)^2 where means are given.
 * partial is [gridDim.y, columns].
 */
extern "C" __global__ void sumColumns(const float *x, const float *mean, int rows, int columns,
                                      int chunk, double *partial) {
  int column = blockIdx.x * LANES + threadIdx.x;
  int first = blockIdx.y * chunk;
  int end = min(rows, first + chunk);
  double center = mean && column < columns ? mean[column] : 0;
  double sum = 0;
  for (int row = first + threadIdx.y; row < end && column < columns; row += STRIDES) {
    double value = x[(wide)row * columns + column] - center;
    sum += mean ? value * value : value;
  }
  double all = overStrides(sum);
  if (threadIdx.y == 0 && column < columns) {
    partial[(wide)blockIdx.y * columns + column] = all;
  }
}

/** The mean of each column from its sums over chunks, and the running average of it. */
extern "C" __global__ void finishMeans(const double *partial, int chunks, int rows, int columns,
                                       double kept, float *mean, float *running) {
  wide column = element();
  if (column >= columns) {
    return;
  }
  double sum = 0;
  for (int chunk = 0; chunk < chunks; chunk++) {
    sum += partial[(wide)chunk * columns + column];
  }
  double value = sum / rows;
  mean[column] = (float)value;
  running[column] = (float)(kept * running[column] + (1 - kept) * value);
}

/** Variances become 1 / sqrt(variance + epsilon). */
extern "C" __global__ void invertDeviations(const float *variance, int columns, double epsilon,
                                            float *inverse) {
  wide column = element();
  if (column < columns) {
    inverse[column] = (float)(1 / sqrt(variance[column] + epsilon));
  }
}

/** y = max(scale (x - mean) inverse + shift, 0). */
extern "C" __global__ void normalize(const float *x, const float *mean, const float *inverse,
                                     const float *scale, const float *shift, wide count,
                                     int columns, float *y) {
  wide i = element();
  if (i < count) {
    int c = i % columns;
    y[i] = rectified(scale[c] * ((x[i] - mean[c]) * inverse[c]) + shift[c]);
  }
}

/**
 * With g = dL/dy where y > 0, else 0: sums of g and of g (x - mean) inverse over chunks of rows,
 * both [gridDim.y, columns].
 */
extern "C" __global__ void sumPulls(const float *dy, const float *y, const float *x,
                                    const float *mean, const float *inverse, int rows, int columns,
                                    int chunk, double *shifts, double *scales) {
  int column = blockIdx.x * LANES + threadIdx.x;
  int first = blockIdx.y * chunk;
  int end = min(rows, first + chunk);
  double shift = 0;
  double scale = 0;
  for (int row = first + threadIdx.y; row < end && column < columns; row += STRIDES) {
    wide i = (wide)row * columns + column;
    double g = y[i] > 0 ? dy[i] : 0;
    shift += g;
    scale += g * ((x[i] - mean[column]) * inverse[column]);
  }
  double allShift = overStrides(shift);
  double allScale = overStrides(scale);
  if (threadIdx.y == 0 && column < columns) {
    shifts[(wide)blockIdx.y * columns + column] = allShift;
    scales[(wide)blockIdx.y * columns + column] = allScale;
  }
}

/** Sums over chunks: of both, into row 0. */
extern "C" __global__ void finishPulls(double *shifts, double *scales, int chunks, int columns) {
  wide column = element();
  if (column >= columns) {
    return;
  }
  for (int chunk = 1; chunk < chunks; chunk++) {
    shifts[column] += shifts[(wide)chunk * columns + column];
    scales[column] += scales[(wide)chunk * columns + column];
  }
}

/**
 * In place: d = scale inverse (g - shifts / rows - xhat scales / rows), and scale inverse g where
 * the statistics are constants.
 */
extern "C" __global__ void normalizeGradient(float *d, const float *y, const float *x,
                                             const float *mean, const float *inverse,
                                             const float *scale, const double *shifts,
                                             const double *scales, wide count, int rows,
                                             int columns) {
  wide i = element();
  if (i < count) {
    int c = i % columns;
    double g = y[i] > 0 ? d[i] : 0;
    if (shifts) {
      double normal = (x[i] - mean[c]) * inverse[c];
      g -= shifts[c] / rows + normal * scales[c] / rows;
    }
    d[i] = (float)(scale[c] * inverse[c] * g);
  }
}

/* ------------------------------------------------------ second derivatives */

/**
 * z [K, N, units] += biases of each direction, 0 where the ReLU after it is closed; outputs, absent
 * for logits, are [N, units].
 */
extern "C" __global__ void finishTangents(float *z, const float *biases, wide perDirection,
                                          const float *outputs, wide count, int n, int units) {
  wide i = element();
  if (i < count) {
    wide k = i / units / n;
    bool open = !outputs || outputs[i % ((wide)n * units)] > 0;
    z[i] = open ? z[i] + biases[k * perDirection + i % units] : 0;
  }
}

/** In place, along tangents of the logits: weight (p tangent - p <p, tangent>). */
extern "C" __global__ void curveSoftmax(float *tangents, const float *probabilities,
                                        const double *weights, int n, int classes, wide rows) {
  wide row = element();
  if (row >= rows) {
    return;
  }
  const float *p = probabilities + row % n * classes;
  float *tangent = tangents + row * classes;
  double mean = 0;
  for (int k = 0; k < classes; k++) {
    mean += (double)p[k] * tangent[k];
  }
  for (int k = 0; k < classes; k++) {
    tangent[k] = (float)(weights[row % n] * p[k] * (tangent[k] - mean));
  }
}

/** biases of each direction = kept biases + factor (sum of d [K, N, units] over N). */
extern "C" __global__ void foldBiases(const float *d, int n, int units, float *biases,
                                      wide perDirection, float factor, float kept, wide count) {
  wide i = element();
  if (i >= count) {
    return;
  }
  wide k = i / units;
  int unit = i % units;
  double sum = 0;
  for (int row = 0; row < n; row++) {
    sum += d[(k * n + row) * units + unit];
  }
  float *bias = biases + k * perDirection + unit;
  *bias = (float)((kept != 0 ? kept * (double)*bias : 0) + factor * sum);
}

/** influences[slot_i, k, j] -= rate mixed[k, i, j], example after example. */
extern "C" __global__ void addInfluences(const float *mixed, const int *slots, int n, int inputs,
                                         float rate, float *influences, wide perSlot, wide count) {
  wide i = element();
  if (i >= count) {
    return;
  }
  wide k = i / inputs;
  int j = i % inputs;
  for (int row = 0; row < n; row++) {
    if (slots[row] >= 0) {
      influences[slots[row] * perSlot + i] -= rate * mixed[(k * n + row) * inputs + j];
    }
  }
}
