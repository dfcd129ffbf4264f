"""What a host needs beside the pages."""
