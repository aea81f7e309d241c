package dev.rote.sweeps.kafka;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

/** RocksDB with buffers for one small store, instead of the hundred megabytes of its defaults. */
public final class SmallRocksDb implements RocksDBConfigSetter {
  private static final long CACHE_BYTES = 8L << 20;
  private static final long BUFFER_BYTES = 4L << 20;

  private final LRUCache cache = new LRUCache(CACHE_BYTES);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
      table.setBlockCache(cache);
      table.setCacheIndexAndFilterBlocks(true);
      options.setTableFormatConfig(table);
    }
    options.setWriteBufferSize(BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String storeName, Options options) {
    cache.close();
  }
}
