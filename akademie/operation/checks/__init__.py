"""What the self-test looks at. Each check answers with a light and one sentence that says what to do."""
