package ch15;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;

/** A channel that is ready when a check says so. */
final class ManualChannel extends AbstractSelectableChannel {
  private boolean ready;

  ManualChannel() throws IOException {
    super(SelectorProvider.provider());
    configureBlocking(false);
  }

  void ready(boolean ready) {
    this.ready = ready;
  }

  boolean isReady() {
    return ready && isOpen();
  }

  @Override
  public int validOps() {
    return SelectionKey.OP_READ | SelectionKey.OP_WRITE;
  }

  @Override
  protected void implCloseSelectableChannel() {}

  @Override
  protected void implConfigureBlocking(boolean block) {}
}
