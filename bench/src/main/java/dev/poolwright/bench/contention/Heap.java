package dev.poolwright.bench.contention;

/** What is reachable on the heap. */
final class Heap {

    private Heap() {}

    /** In bytes, after a few collections. */
    static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
