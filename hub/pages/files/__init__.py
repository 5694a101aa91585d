"""Pictures and files as they come in: what may be kept, and is it still what people saw?"""
