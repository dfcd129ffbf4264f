"""Questions asked of the content: one function a question, its docstring says what, why and how to fix. Read only."""
