"""The values that a dataset is made of. Nothing here knows a dataset, a file or a screen."""
