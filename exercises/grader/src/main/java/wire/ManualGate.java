package wire;

import java.util.concurrent.CountDownLatch;

/** Shut until somebody opens it, then open for good. */
public final class ManualGate implements Gate {
  private final CountDownLatch shut = new CountDownLatch(1);

  public void open() {
    shut.countDown();
  }

  @Override
  public boolean isOpen() {
    return shut.getCount() == 0;
  }

  @Override
  public void pass(Clock clock) throws InterruptedException {
    shut.await();
  }
}
