package ch01;
public final class Reply { public static byte[] bytes() { throw new UnsupportedOperationException(); } }
