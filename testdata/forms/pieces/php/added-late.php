<?php
$key = '{key[..22]}';
$key .= '{key[22..]}';
