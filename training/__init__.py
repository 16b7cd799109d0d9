"""How the weights of onrecord are made from annotated articles, so that anybody can make them again."""
