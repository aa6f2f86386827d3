// Compiles the headers that all tests have in common.
int main() { return 0; }
